/**
 * What operating systems and editors put into a folder by themselves: nobody wrote it as content, it comes back as often as it is taken
 * away, and none of it can be a misspelt name of ours. It is passed over in silence; every other name that nobody reads is told.
 */
const LEFTOVERS: readonly RegExp[] = [
  /^\./, // .DS_Store, ._ja.md (macOS on a share), .ja.md.swp (vim), .#ja.md (emacs), .~lock.ja.docx# (LibreOffice), .git
  /^(Thumbs|ehthumbs)\.db$/i, /^desktop\.ini$/i, // Windows: previews and looks of a folder
  /^(\$RECYCLE\.BIN|System Volume Information|__MACOSX|lost\+found|@eaDir|#recycle)$/i, // made on disks, shares and in archives
  /^Icon\r$/, // macOS: the picture of a folder
  /^~\$/, /^~.*\.tmp$/i, // Office: a document that is open
  /~$/, /^#.*#$/, /\.(bak|sw[op])$/i, // what editors keep of the text before
]

/** Whether something lies in a folder only because a machine left it there. */
export const isLeftover = (name: string): boolean => LEFTOVERS.some((pattern) => pattern.test(name))
