import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The two weights of Noto Sans JP that papers are set in (SIL Open Font License, see the package). */
const FILES = {
  regular: require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'),
}

const corrected = new Map()

/**
 * Gives a document of pdfkit the two weights under the names `regular` and `bold`, corrected so that every character is drawn
 * as it is written and given back as it was written. A file is read once; which glyphs are embedded belongs to the document.
 */
export function registerFonts(document) {
  for (const [weight, file] of Object.entries(FILES)) {
    document.registerFont(weight, corrected.get(weight) ?? file).font(weight)
    const embedded = document._font
    if (!corrected.has(weight)) corrected.set(weight, correctFont(embedded.font))
    keepSpellings(embedded)
  }
}

/**
 * fontkit never reads the non-default list of a variation selector when the default list misses, so that 葛󠄀 would be drawn as
 * 葛; and it keeps for a glyph the characters by which it was first asked for, so that two spellings of one shape become one.
 */
function correctFont(font) {
  font._cmapProcessor.getVariationSelector = variantGlyph
  const glyphs = new Map()
  const plain = font.getGlyph.bind(font)
  font.getGlyph = (id, codePoints = []) => {
    if (codePoints.length === 0) return plain(id)
    const key = `${id} ${codePoints}`
    let glyph = glyphs.get(key)
    if (!glyph) glyphs.set(key, (glyph = Object.assign(Object.create(plain(id)), { codePoints })))
    return glyph
  }
  return font
}

/** pdfkit embeds a glyph once, with one text: here each spelling of it is embedded, so that what is copied is what was written. */
function keepSpellings(embedded) {
  const { subset } = embedded
  const included = new Map()
  embedded.encode = (text, features) => {
    const { glyphs, positions } = embedded.layout(text, features)
    const encoded = glyphs.map((glyph) => {
      const key = `${glyph.id} ${glyph.codePoints}`
      let id = included.get(key)
      if (id === undefined) {
        id = subset.mapping[glyph.id] === undefined ? subset.includeGlyph(glyph.id) : subset.glyphs.push(glyph.id) - 1
        included.set(key, id)
        embedded.widths[id] = glyph.advanceWidth * embedded.scale
        embedded.unicode[id] = glyph.codePoints
      }
      return id.toString(16).padStart(4, '0')
    })
    return [encoded, positions]
  }
}

/** The glyph of a character with a variation selector, or 0 where the font draws it as without. */
function variantGlyph(codePoint, selector) {
  const known = this.uvs?.varSelectors.toArray().find((one) => one.varSelector === selector)
  return known?.nonDefaultUVS?.find((one) => one.unicodeValue === codePoint)?.glyphID ?? 0
}
