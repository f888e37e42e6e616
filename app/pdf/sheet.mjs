import PDFDocument from 'pdfkit'
import { registerFonts } from './fonts.mjs'

/** The sheet that every paper is drawn on: A4 with its margins, the two fonts, and a foot on each page. */

export const MM = 72 / 25.4
const A4 = { width: 595.28, height: 841.89 }
export const LEFT = 22 * MM
export const WIDTH = A4.width - 2 * LEFT
export const TOP = 20 * MM
export const RED = '#a90000'

/** Where the foot of a height begins. */
export const footTop = (height) => A4.height - height

/** Opens a document whose dates are the record's, so that the same record gives the same bytes; `finish` hands these out. */
export function openSheet({ at, ...info }) {
  const date = new Date(at)
  const document = new PDFDocument({
    size: 'A4', margins: { top: TOP, bottom: 0, left: LEFT, right: LEFT }, bufferPages: true, autoFirstPage: true, font: null, lang: 'ja-JP', displayTitle: true,
    info: { ...info, Creator: '守秘', Producer: '守秘', CreationDate: date, ModDate: date },
  })
  const chunks = []
  const finished = new Promise((resolve, reject) => document.on('data', (chunk) => chunks.push(chunk)).on('end', resolve).on('error', reject))
  registerFonts(document)
  const finish = async () => {
    document.end()
    await finished
    return Buffer.concat(chunks)
  }
  return { document, finish }
}

/** Draws on each page the mark of a demonstration, the line above the foot, and what stands below it. */
export function drawFeet(document, mark, top, draw) {
  const { count } = document.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    document.switchToPage(page)
    if (mark) document.font('bold').fontSize(8).fillColor(RED).text(mark, LEFT, 10 * MM, { width: WIDTH, align: 'center', lineBreak: false }).fillColor('black')
    document.lineWidth(0.5).strokeColor('black').moveTo(LEFT, top).lineTo(LEFT + WIDTH, top).stroke()
    draw(`${page + 1}/${count}ページ`)
  }
}
