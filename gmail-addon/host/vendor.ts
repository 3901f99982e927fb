/**
 * The slice of Apps Script that the host uses. The published types lack two-column widgets and the
 * time limit of a fetch, so those are written down here; both are documented by Google.
 */
export type Widget = GoogleAppsScript.Card_Service.Widget
type Alignment = GoogleAppsScript.Card_Service.HorizontalAlignment

/** One value of an enum that the published types lack: opaque, only handed back. */
export type EnumValue<Name extends string> = { readonly enumOf: Name }

export type Column = {
  addWidget(widget: Widget): Column
  setHorizontalAlignment(alignment: Alignment): Column
  setHorizontalSizeStyle(style: EnumValue<'HorizontalSizeStyle'>): Column
  setVerticalAlignment(alignment: EnumValue<'VerticalAlignment'>): Column
}
export type Columns = { addColumn(column: Column): Columns; setWrapStyle(style: EnumValue<'WrapStyle'>): Columns }

type ColumnsApi = {
  newColumn(): Column
  newColumns(): Columns
  HorizontalSizeStyle: Record<'FILL_AVAILABLE_SPACE' | 'FILL_MINIMUM_SPACE', EnumValue<'HorizontalSizeStyle'>>
  VerticalAlignment: Record<'CENTER' | 'TOP' | 'BOTTOM', EnumValue<'VerticalAlignment'>>
  WrapStyle: Record<'NOWRAP' | 'WRAP', EnumValue<'WrapStyle'>>
}
export type CardApi = GoogleAppsScript.Card_Service.CardService & ColumnsApi

export type FetchRequest = GoogleAppsScript.URL_Fetch.URLFetchRequest & { timeoutSeconds?: number }
export type FetchApi = { fetchAll(requests: FetchRequest[]): GoogleAppsScript.URL_Fetch.HTTPResponse[] }

type Message = Pick<GoogleAppsScript.Gmail.GmailMessage, 'getId' | 'getFrom' | 'getTo' | 'getCc' | 'getSubject' | 'getPlainBody' | 'getHeader' | 'getAttachments'>
export type MailApi = { setCurrentMessageAccessToken(accessToken: string): void; getMessageById(id: string): Message }

/** Every Apps Script service that the add-on touches. */
export type AppsScript = {
  CardService: CardApi
  UrlFetchApp: FetchApi
  GmailApp: MailApi
  ScriptApp: { getIdentityToken(): string | null }
  CacheService: { getUserCache(): Pick<GoogleAppsScript.Cache.Cache, 'get' | 'put' | 'removeAll'> }
  Session: { getActiveUserLocale(): string }
  Utilities: Pick<GoogleAppsScript.Utilities.Utilities, 'getUuid' | 'newBlob'>
}
