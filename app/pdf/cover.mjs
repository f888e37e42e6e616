import { drawFeet, footTop, LEFT, MM, openSheet, TOP, WIDTH } from './sheet.mjs'

const FOOT_TOP = footTop(25 * MM)
const PAD = { x: 2 * MM, y: 1.3 * MM }

/** Draws the first sheet of a dossier on A4: tables of whose it is, what was asked, and what the file holds. Its date is the record's. */
export async function drawCover(cover) {
  const { document, finish } = openSheet({ at: cover.at, Title: cover.title, Subject: cover.who[0]?.[1] ?? '' })
  let y = TOP
  const room = (height) => {
    if (y + height <= FOOT_TOP - 3 * MM) return
    document.addPage()
    y = TOP
  }
  const heading = (text) => {
    room(22 * MM)
    y += 6 * MM
    document.font('bold').fontSize(11).text(text, LEFT, y, { width: WIDTH })
    y = document.y + 1.5 * MM
  }
  const table = (rows, widths, size = 9) => {
    document.lineWidth(0.5).strokeColor('black')
    for (const row of rows) {
      document.font('regular').fontSize(size)
      const height = Math.max(...row.map((text, at) => document.heightOfString(text || ' ', { width: widths[at] - 2 * PAD.x, lineGap: 2 }))) + 2 * PAD.y
      room(height)
      let x = LEFT
      for (const [at, text] of row.entries()) {
        document.rect(x, y, widths[at], height).stroke()
        document.text(text, x + PAD.x, y + PAD.y, { width: widths[at] - 2 * PAD.x, lineGap: 2 })
        x += widths[at]
      }
      y += height
    }
  }

  document.font('bold').fontSize(17).text(cover.title, LEFT, y, { width: WIDTH, align: 'center', characterSpacing: 4 })
  y = document.y + 6 * MM
  table(cover.who, [32 * MM, WIDTH - 32 * MM])
  heading('研修と誓約')
  if (cover.duties.length > 0) table(cover.duties, [WIDTH - 78 * MM, 44 * MM, 34 * MM])
  else table([['割り当てられた研修や誓約はありません。']], [WIDTH])
  heading('入っているもの(SHA-256)')
  table(cover.contents.map(({ name, sha256 }) => [name, sha256]), [56 * MM, WIDTH - 56 * MM], 7.5)

  drawFeet(document, cover.mark, FOOT_TOP, (page) => {
    document.font('regular').fontSize(7.5).text(cover.footnote, LEFT, FOOT_TOP + 2 * MM, { width: WIDTH, lineBreak: false })
    document.text(page, LEFT, FOOT_TOP + 6.5 * MM, { width: WIDTH, align: 'right', lineBreak: false })
  })
  return finish()
}
