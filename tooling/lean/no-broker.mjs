/**
 * Stands for MSAL's ways to a broker of the operating system, which it takes only with
 * `allowPlatformBroker`: the pane signs in through its host, a pop-up or a dialog. With the first
 * front that asks for a broker this file goes.
 */
export function PlatformAuthInteractionClient() {
  throw new Error('the pane was built without a native broker')
}

const findsNone = () => Object.assign(function Handler() {}, { createProvider: async () => undefined })

/** Finds no extension of a browser to speak to. */
export const PlatformAuthExtensionHandler = findsNone()

/** Finds no interface of a browser to speak to. */
export const PlatformAuthDOMHandler = findsNone()
