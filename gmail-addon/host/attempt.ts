/** The vendor's answer, or `otherwise` when it throws: a right that was not granted and a service that fails are ordinary here. */
export const attempt = <T, O>(ask: () => T, otherwise: O): T | O => {
  try {
    return ask()
  } catch {
    return otherwise
  }
}
