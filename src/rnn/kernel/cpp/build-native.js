// Builds the native kernel, at npm install. It may fail, for want of a compiler: the bot then runs on WebAssembly, so the
// install goes on and says so in one line.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const sources = dirname(fileURLToPath(import.meta.url));
const root = join(sources, '../../../..');
const addon = join(root, 'build/Release/charlatan.node');

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const inputs = [join(root, 'binding.gyp'), ...readdirSync(sources).map((name) => join(sources, name))];

if (changed(addon) < Math.max(...inputs.map(changed))) {
  // npm has node-gyp in the PATH of its scripts, under another name on Windows, which a shell knows.
  const { status } = spawnSync('node-gyp configure build', { cwd: root, shell: true, stdio: 'ignore' });
  if (status === 0) {
    // Make leaves it alone when what changed is not part of it.
    utimesSync(addon, new Date(), new Date());
  } else {
    // One of an older source would not fit the rest.
    rmSync(addon, { force: true });
    process.stderr.write(
      'charlatan: the native engine could not be built, so the slower WebAssembly engine will be used. ' +
        'It takes a C++20 compiler, make and python3; `npm run build:native` shows what is missing.\n',
    );
  }
}
