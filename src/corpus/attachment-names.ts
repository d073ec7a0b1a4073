const PROGRAM = /\.(?:exe|scr|bat|cmd|com|msi|js|jse|vbs|vbe|wsf|ps1|jar|lnk|hta|apk|iso|dll|pif|reg)$/i;
const TWO_ENDINGS = /\.(?:pdf|png|jpe?g|gif|webp|mp4|mov|txt|docx?|xlsx?)\.[a-z0-9]{2,4}$/i;
/** Names that machines give. */
const MACHINE_NAMES =
  /^(?:image|img|unknown|screenshot|screen[ _-]?shot|screen[ _-]?recording|photo|video|file|dsc|pxl|vid|mov|signal|whatsapp[ _-]image|voice[ _-]message|message|untitled|cleanshot|snip|tenor|giphy|paste|attachment|스크린샷)?(?:at|am|pm|x|v|[\s\d_.,()-])*$/i;

/** Whether opening the file may run something, or its name hides what it is. */
export function hasRiskyName(name: string): boolean {
  return PROGRAM.test(name.trim()) || TWO_ENDINGS.test(name.trim());
}

/** What file names say to a reader: "claim_free-nitro.png" is "claim free nitro"; names that machines give say nothing. */
export function wordsOfNames(names: readonly string[]): string {
  return names
    .map((name) => name.slice(0, 200).replace(/\.\w{1,5}$/, ''))
    .filter((name) => !MACHINE_NAMES.test(name) && /\p{L}{3}/u.test(name))
    .map((name) => name.replace(/[_+.-]+/g, ' ').trim())
    .join('\n');
}
