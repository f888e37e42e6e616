import { spawn, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const find = (...names) => names.flatMap((n) => ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((d) => join(d, n))).find(existsSync)

/** The system's server binary, or undefined when there is none. */
export const serverBinary = () => find('mariadbd', 'mysqld')

/**
 * Starts a private server of the system's binary in a temporary folder, reached by a socket only.
 * @returns {Promise<{ socket: string, url(name: string): string, stop(): Promise<void> }>}
 */
export async function startMariaDb(options = []) {
  const binary = serverBinary()
  const install = find('mariadb-install-db', 'mysql_install_db')
  if (!binary || !install) throw new Error('MariaDB が見つかりません。Debian では `apt-get install mariadb-server` を実行してください。')
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-db-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const user = userInfo().username
  execFileSync(install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', `--user=${user}`], { stdio: 'ignore' })
  const socket = join(folder, 's')
  const server = spawn(binary, [
    '--no-defaults', `--datadir=${data}`, `--tmpdir=${folder}`, `--socket=${socket}`, '--skip-networking', `--pid-file=${join(folder, 'pid')}`, `--user=${user}`,
    '--innodb-flush-log-at-trx-commit=2', '--innodb-buffer-pool-size=256M', '--max-allowed-packet=64M', '--character-set-server=utf8mb4', ...options,
  ], { stdio: 'ignore' })
  const gone = new Promise((resolve) => server.once('exit', resolve))
  for (let waited = 0; !existsSync(socket); waited += 50) {
    if (waited > 20_000 || server.exitCode !== null) throw new Error('MariaDB が始まりませんでした')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    socket,
    url: (name) => `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socket)}`,
    stop: async () => {
      server.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
