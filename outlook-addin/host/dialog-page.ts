/** Inside a window that `Host.dialog` opened: says its one message to the pane, which must be of `origin`. */
export const tellPane = async (origin: string, text: string): Promise<void> => {
  await Office.onReady()
  Office.context.ui.messageParent(text, { targetOrigin: origin })
}
