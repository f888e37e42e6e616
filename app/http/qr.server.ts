import QRCode from 'qrcode'

/** A QR code as one SVG path: `size` modules a side, a quiet zone of four around it included. */
export interface QrShape {
  size: number
  path: string
}

const QUIET = 4

/** Draws a text as a QR code that survives creases and copying (15 % redundancy). */
export function qrOf(text: string): QrShape {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const path: string[] = []
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) path.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
  return { size: modules.size + 2 * QUIET, path: path.join('') }
}
