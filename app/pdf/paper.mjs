import { drawFeet, footTop, LEFT, MM, openSheet, RED, TOP, WIDTH } from './sheet.mjs'

const FOOT_TOP = footTop(31 * MM)
const BODY = 9.75
const LINE_GAP = 3.2
const NUMBER_WIDTH = BODY * 4.6
const SEAL = 24 * MM

/**
 * Draws a signed paper on A4: heading, addressee, articles as a hanging grid, the record of the signature, the 記録印, and on
 * each page a foot with version, number and hash. The same paper gives the same bytes: every date in it is the signature's.
 */
export async function drawPaper(paper) {
  const { document, finish } = openSheet({ at: paper.at, Title: paper.fileTitle, Author: paper.signer, Subject: paper.receipt })

  let y = TOP
  const measure = (text, width, weight = 'regular', size = BODY) => document.font(weight).fontSize(size).heightOfString(text, { width, lineGap: LINE_GAP })
  const room = (height) => {
    if (y + height <= FOOT_TOP - 4 * MM) return
    document.addPage()
    y = TOP
  }
  const write = (text, { x = LEFT, width = WIDTH, weight = 'regular', size = BODY, ...options } = {}) => {
    document.font(weight).fontSize(size).text(text, x, y, { width, lineGap: LINE_GAP, ...options })
    y = document.y
  }

  write(paper.title, { weight: 'bold', size: 17, align: 'center', characterSpacing: 4 })
  y += 6 * MM
  write(`${paper.addressee}　御中`)
  y += 3 * MM
  for (const block of paper.blocks) {
    const inset = block.kind === 'article' || block.kind === 'clause' ? NUMBER_WIDTH : 0
    if (block.kind === 'heading') {
      y += 3 * MM
      room(measure(block.text, WIDTH, 'bold', 11) + 14 * MM)
      write(block.text, { weight: 'bold', size: 11 })
      y += 1 * MM
    } else if (block.kind === 'article') {
      y += 1.2 * MM
      room(measure(block.text, WIDTH - inset, 'bold') + block.following.reduce((sum, text) => sum + measure(text, WIDTH - inset), 0))
      const start = y
      write(block.number, { weight: 'bold', width: inset })
      y = start
      write(block.text, { weight: 'bold', x: LEFT + inset, width: WIDTH - inset })
    } else {
      room(measure(block.text, WIDTH - inset))
      write(block.text, { x: LEFT + inset, width: WIDTH - inset })
      y += 0.6 * MM
    }
  }

  y += 5 * MM
  const tableWidth = WIDTH - 36 * MM
  const labelWidth = 30 * MM
  const cell = { x: 2.5 * MM, y: 1.4 * MM }
  const rows = paper.record.map(([label, value]) => ({ label, value, height: Math.max(measure(value, tableWidth - labelWidth - 2 * cell.x, 'regular', 9), measure(label, labelWidth - 2 * cell.x, 'regular', 9)) + 2 * cell.y - LINE_GAP }))
  room(Math.min(Math.max(rows.reduce((sum, row) => sum + row.height, 0), SEAL + 8 * MM), FOOT_TOP - TOP - 5 * MM))
  if (!paper.isExtract) drawSeal(document, LEFT + WIDTH - SEAL, y)
  if (!paper.isExtract) document.font('regular').fontSize(7.5).fillColor('black').text('記録印', LEFT + WIDTH - SEAL, y + SEAL + 1.5 * MM, { width: SEAL, align: 'center' })
  document.lineWidth(0.5).strokeColor('black')
  for (const { label, value, height } of rows) {
    room(height)
    document.rect(LEFT, y, labelWidth, height).rect(LEFT + labelWidth, y, tableWidth - labelWidth, height).stroke()
    const options = { lineGap: LINE_GAP }
    document.font('regular').fontSize(9).text(label, LEFT + cell.x, y + cell.y, { ...options, width: labelWidth - 2 * cell.x })
    document.text(value, LEFT + labelWidth + cell.x, y + cell.y, { ...options, width: tableWidth - labelWidth - 2 * cell.x })
    y += height
  }

  drawFeet(document, paper.mark, FOOT_TOP, (page) => {
    document.font('regular').fontSize(8)
    const line = (text, at, options = {}) => document.text(text, LEFT, FOOT_TOP + 2 * MM + at * 4.4 * MM, { width: WIDTH, lineBreak: false, ...options })
    line(`${paper.title} 第${paper.version}版　記録番号 ${paper.receipt}`, 0)
    line(page, 0, { align: 'right' })
    document.fontSize(7.5)
    line(`${paper.isExtract ? '届出' : '署名'}の記録のSHA-256　${paper.sha256}`, 1)
    line(paper.footnote, 2)
  })
  return finish()
}

/** 守秘記録 in two columns from the right, as outlines: it is a mark of the record, not text and not a company's seal. */
function drawSeal(document, x, y) {
  const { font } = document.font('bold')._font
  document.save().translate(x, y).scale(SEAL / 100)
  document.strokeColor(RED).lineWidth(4).rect(3, 3, 94, 94).stroke().lineWidth(1).rect(9, 9, 82, 82).stroke()
  const size = 34 / font.unitsPerEm
  for (const [character, centre, baseline] of [['守', 69, 46], ['秘', 69, 82], ['記', 31, 46], ['録', 31, 82]]) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0))
    document.save().translate(centre - (glyph.advanceWidth * size) / 2, baseline).scale(size, -size).path(glyph.path.toSVG()).fill(RED).restore()
  }
  document.restore()
}
