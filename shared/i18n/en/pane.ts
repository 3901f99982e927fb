import type { Phrase } from '../phrase'

/** Phrases that only the Outlook pane says. */
export const pane = {
  'pane.drop_file': 'Drop a file here',
  'pane.attachments': 'Files of this mail',
  'pane.remove_file': 'Remove the file',
  'pane.at_most': 'At most {size}',
  'pane.as_table': 'Show as a table',
  'pane.choose': 'Choose one',
  'pane.suggestions': 'Suggestions',
  'pane.find': 'Type a name',
  'pane.none_found': 'Nothing found',
  'pane.chosen': '{label}: chosen',
  'pane.take_away': 'Take away {name}',
  'pane.this_mail': 'This mail',
  'pane.main_pages': 'Main pages',
  'pane.reload': 'Reload',
  'pane.broken_title': 'This pane stopped working',
  'pane.broken_text': 'Nothing was lost on the server. Reload the pane to go on.',
  'pane.copy_by_hand': 'Select this text to copy it: {text}',
  'pane.sort_by': 'Sort by {what}',
  'pane.actions_for': 'More actions: {name}',
  'pane.select_all': { one: 'Select the {count} that matches', other: 'Select all {count} that match' },
  'pane.more_count': { one: 'and {count} more', other: 'and {count} more' },
  'pane.paste': 'Or paste the content here',
} satisfies Record<string, Phrase>
