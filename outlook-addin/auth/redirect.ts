import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge'

// The page that sign-in comes back to: it hands the answer to the pane that waits for it and closes.
// Without an answer nobody waits for it.
broadcastResponseToMainFrame().catch(() => window.close())
