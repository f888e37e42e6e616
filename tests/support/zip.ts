/** The entries of a stored ZIP file, read by its list at the end, as other programs do. */
export function readZip(bytes: Uint8Array): Record<string, Uint8Array> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = file.length - 22
  if (file.readUInt32LE(end) !== 0x06054b50) throw new Error('This file does not end as a ZIP file')
  const entries: Record<string, Uint8Array> = {}
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [flags, size, nameLength, offset] = [file.readUInt16LE(at + 8), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt32LE(at + 42)]
    if (file.readUInt32LE(at) !== 0x02014b50 || (flags & 0x0800) === 0) throw new Error('An entry without a UTF-8 name')
    const begin = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
    entries[file.toString('utf8', at + 46, at + 46 + nameLength)] = file.subarray(begin, begin + size)
    at += 46 + nameLength
  }
  return entries
}
