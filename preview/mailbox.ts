import * as v from 'valibot'

/** A mail as the demo's mailbox answers it; bodies are decoded, attachments hold base64. */
const mailSchema = v.pipe(
  v.object({
    id: v.string(),
    at: v.string(),
    people: v.array(v.object({ email: v.string(), name: v.string(), part: v.picklist(['from', 'to', 'cc']) })),
    subject: v.string(),
    text: v.string(),
    html: v.string(),
    messageId: v.nullable(v.string()),
    headers: v.array(v.object({ name: v.string(), value: v.string() })),
    attachments: v.array(v.object({ id: v.string(), name: v.string(), mediaType: v.string(), bytes: v.number(), content: v.string() })),
  }),
  v.transform((mail) => {
    const named = (part: 'from' | 'to' | 'cc') => mail.people.filter((person) => person.part === part).map(({ email, name }) => ({ email, name }))
    return { ...mail, from: named('from')[0] ?? { email: '', name: '' }, to: named('to'), cc: named('cc') }
  }),
)
export type Mail = v.InferOutput<typeof mailSchema>

const mailboxSchema = v.object({ items: v.array(mailSchema) })
const accountsSchema = v.object({ items: v.array(v.object({ email: v.string(), name: v.string(), role: v.string(), organization: v.string() })) })
export type Account = v.InferOutput<typeof accountsSchema>['items'][number]

const read = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> => {
  const response = await fetch(path)
  return v.parse(schema, await response.json())
}

/** The people whose mailboxes can be opened here. */
export const loadAccounts = async (): Promise<Account[]> => (await read('/demo/accounts', accountsSchema)).items

/** The mails of one address, newest first. */
export const loadMails = async (email: string): Promise<Mail[]> => (await read(`/demo/mailbox/${encodeURIComponent(email)}`, mailboxSchema)).items
