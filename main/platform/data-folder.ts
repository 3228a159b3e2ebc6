import { homedir } from 'node:os';
import path from 'node:path';

/** The station folder: the one named, else MILLWRIGHT_DATA, else the usual place of the operating system. */
export function dataFolder(named: string | undefined): string {
  const chosen = named ?? process.env.MILLWRIGHT_DATA;
  if (chosen) return path.resolve(chosen);
  switch (process.platform) {
    case 'win32':
      return path.join(process.env.APPDATA ?? path.join(homedir(), 'AppData/Roaming'), 'millwright');
    case 'darwin':
      return path.join(homedir(), 'Library/Application Support/millwright');
    default:
      return path.join(process.env.XDG_DATA_HOME ?? path.join(homedir(), '.local/share'), 'millwright');
  }
}
