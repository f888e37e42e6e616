/** Rows by their key, keys and rows in the order in which they came. One pass, however many share a key. */
export function groupedBy<K, T>(rows: Iterable<T>, keyOf: (row: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
