import { writeSync } from 'node:fs';

// Loaded into a process that is measured (`--import`): says on descriptor 3 what it took, when it ends.
process.on('exit', () => {
  writeSync(3, JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 }));
});
