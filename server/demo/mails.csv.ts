import { INVITED_EMAIL } from './people'

const HEADER = 'email,first_name,last_name,role,license,workspaces,language,mobile'
const ROWS = 200

/** Rows of every kind that an import refuses, each with a reason of its own. */
const BAD_ROWS = [
  'not an address,Nobody,Home,member,eco,,en,',
  'two@acme.example; three@acme.example,Two,People,member,eco,,en,',
  ',No,Address,member,,,en,',
  'hire001@acme.example,Again,Duplicate,member,eco,,en,',
  'HIRE002@ACME.EXAMPLE,Again,Shouting,member,eco,,en,',
  'maria@acme.example,Maria,Marceau,member,eco,,en,',
  `${INVITED_EMAIL},Nina,Newcomer,member,eco,,en,`,
  'someone@unclaimed.example,Some,One,member,eco,,en,',
  'someone@gmail.com,Some,Body,member,eco,,en,',
  'hire901@acme.example,Unknown,Role,chief,eco,,en,',
  'hire902@acme.example,New,Administrator,org_admin,eco,,en,',
  'hire903@acme.example,Unknown,License,member,platinum,,en,',
  'hire904@acme.example,Unknown,Workspace,member,eco,Nowhere,en,',
  'hire905@acme.example,Bad,Mobile,member,eco,,en,call me',
  'hire906@acme.example,Bad,Language,member,eco,,xx,',
  `hire907@acme.example,${'x'.repeat(120)},TooLong,member,eco,,en,`,
  '"hire908@acme.example","Quoted, with comma","Line\nbreak",member,eco,,en,',
] as const

const WORKSPACES = ['Legal', 'Sales', 'Human resources', 'Legal;Sales', ''] as const
const LICENSES = ['eco', 'eco', 'advanced', 'advanced', ''] as const
const LANGUAGES = ['en', 'fr', 'es'] as const

/** A list of 200 new hires, as a personnel department sends it: mostly right. More `advanced` licenses than there are. */
export function newHiresCsv(): string {
  const good = Array.from({ length: ROWS - BAD_ROWS.length }, (_, index) => {
    const n = String(index + 1).padStart(3, '0')
    return `hire${n}@acme.example,Hire,Number ${n},member,${LICENSES[index % LICENSES.length]},${WORKSPACES[index % WORKSPACES.length]},${LANGUAGES[index % LANGUAGES.length]},`
  })
  const every = Math.floor(good.length / BAD_ROWS.length)
  const rows = good.flatMap((row, index) => (index % every === every - 1 ? [row, BAD_ROWS[Math.floor(index / every)] ?? ''] : [row])).filter((row) => row !== '')
  return `${[HEADER, ...rows].join('\r\n')}\r\n`
}
