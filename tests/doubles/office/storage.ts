const STORAGES = ['sessionStorage', 'localStorage'] as const satisfies (keyof Window)[]

/** Makes both storages refuse everything, as browsers do where third parties may keep nothing; the reply mends them. */
export const breakStorage = (window: Window): (() => void) => {
  const before = STORAGES.map((name) => [name, Object.getOwnPropertyDescriptor(window, name)] as const)
  const refuse = () => { throw new Error('the browser keeps nothing here') }
  for (const name of STORAGES) Object.defineProperty(window, name, { configurable: true, get: refuse })
  return () => {
    for (const [name, descriptor] of before) {
      Reflect.deleteProperty(window, name)
      if (descriptor) Object.defineProperty(window, name, descriptor)
    }
  }
}
