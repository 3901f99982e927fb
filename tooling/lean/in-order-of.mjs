/** The phrases of another language under the keys of the English ones, whose order they have. */
export const inOrderOf = (english, phrases) => Object.fromEntries(Object.keys(english).map((key, i) => [key, phrases[i]]))
