import { openPage } from './activate/page'

const root = document.getElementById('root')
if (root !== null) void openPage(root)
