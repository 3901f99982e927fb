import { newId, uuidv7 } from './ids'

const RANDOM = Uint8Array.from([255, 254, 253, 252, 251, 250, 249, 248, 247, 246])

test('an id is a UUID of version 7 with the time in front', () => {
  expect(uuidv7(0x0123456789ab, RANDOM)).toBe('01234567-89ab-7ffe-bdfc-fbfaf9f8f7f6')
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('an id made later sorts after one made before', () => {
  expect(uuidv7(1_000, RANDOM) < uuidv7(1_001, RANDOM)).toBe(true)
})
