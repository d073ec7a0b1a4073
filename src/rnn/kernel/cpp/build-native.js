// Builds the native kernel, at npm install. It may fail, for want of a compiler: the bot then runs on WebAssembly, so the
// install goes on and says so in one line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const sources = dirname(fileURLToPath(import.meta.url));
const root = join(sources, '../../../..');
const addon = join(root, 'build/Release/charlatan.node');

// Of the last attempt that failed: it is not repeated at every start, only when something is different.
const failure = join(root, 'build/failed.json');

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const inputs = [join(root, 'binding.gyp'), ...readdirSync(sources).map((name) => join(sources, name))];

const newest = Math.max(...inputs.map(changed));
const attempt = JSON.stringify([newest, process.version, process.env.PATH]);

if (changed(addon) < newest && !hasFailed()) {
  // npm has node-gyp in the PATH of its scripts, under another name on Windows, which a shell knows.
  const { status } = spawnSync('node-gyp configure build', { cwd: root, shell: true, stdio: 'ignore' });
  if (status === 0) {
    // Make leaves it alone when what changed is not part of it.
    utimesSync(addon, new Date(), new Date());
  } else {
    // One of an older source would not fit the rest.
    rmSync(addon, { force: true });
    mkdirSync(dirname(failure), { recursive: true });
    writeFileSync(failure, attempt);
    process.stderr.write(
      'charlatan: the native engine could not be built, so the slower WebAssembly engine will be used. ' +
        'It takes a C++20 compiler, make and python3; `npm run build:native` shows what is missing and tries again.\n',
    );
  }
}

function hasFailed() {
  try {
    return readFileSync(failure, 'utf8') === attempt;
  } catch {
    return false;
  }
}
