import canonicalize from 'canonicalize'

/** The canonical bytes of a value after RFC 8785. Refuses what has no canonical form (undefined, NaN, lone surrogates). */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no canonical form')
  return new TextEncoder().encode(text)
}
