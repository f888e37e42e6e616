import { existsSync } from 'node:fs'
import { backUp } from '../../db/backup.server'
import type { Terminal } from '../cli.server'
import type { Context } from '../context'

export const BACKUP_USAGE = 'ファイル'

/** `backup FILE`: keeps the embedded database as it is now in a new file, also while the product runs. */
export async function backup(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  const [file, ...rest] = argv
  if (!file || rest.length > 0 || file.startsWith('-')) {
    io.err(`使い方: npm run shuhi -- backup ${BACKUP_USAGE}`)
    return 2
  }
  if (existsSync(file)) {
    io.err(`${file} は、もうあります。上書きはしません。ないファイルの名前を書いてください。何も変わっていません。`)
    return 1
  }
  try {
    if (await backUp(context.db, file)) {
      io.out(`${file} に控えを作りました。氏名や署名の記録が入っています。ほかの人が読めない場所に置いてください。`)
      return 0
    }
  } catch (error) {
    io.err(`${file} に書けませんでした(${error instanceof Error ? error.message : String(error)})。フォルダがあるか、空きがあるかを確かめてください。記録は何も変わっていません。`)
    return 1
  }
  io.err('DATABASE_URL のデータベースの控えは、そのデータベースの道具(mariadb-dump など)で作ります。使い方の「控えを取る、戻す」に書いてあります。')
  return 1
}
