/**
 * Stands for MSAL's ways to a broker of the operating system, which it takes only with
 * `allowPlatformBroker`: the pane signs in through its host, a pop-up or a dialog. With the first
 * front that asks for a broker this file goes.
 */
export class PlatformAuthInteractionClient {
  constructor() {
    throw new Error('the pane was built without a native broker')
  }
}

/** Finds no extension of a browser to speak to. */
export class PlatformAuthExtensionHandler {
  static async createProvider() {}
}

/** Finds no interface of a browser to speak to. */
export class PlatformAuthDOMHandler {
  static async createProvider() {}
}
