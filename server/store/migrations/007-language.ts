/** Whether a person chose the language themselves: until then their screens follow the mail client, and only mails use the stored one. */
export const LANGUAGE_SQL = `
alter table users add column language_chosen boolean not null default false;
`
