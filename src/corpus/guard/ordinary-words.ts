/** Short words of everyday English; what is a word of its own was not cut off another. */
const SHORT = new Set(
  (
    'a i ad ah al am an as at be by do eh em ex go ha he hi id if in is it ma me mr mu my no of oh ok on or ow ox pa pi re so to uh um up us we ya ye yo ' +
    'ace act add ago aid aim air ale all and ant any ape app apt arc are arm art ask ate awe axe bad bag ban bar bat bay bed bee bet bid big bin bit box boy bug bun bus but buy bye cab can cap car cat cop cow cry cup cut dad dam day den dew did die dig dim dip doc dog dot dry due dug ear eat egg ego elf end era eve eye fad fan far fat fed fee few fig fin fit fix flu fly fog for fox fun fur gap gas gel gem get god got gum gun gut guy gym had ham has hat hay hen her hey hid him hip his hit hot how hub hug huh hut ice ill ink inn its jam jar jaw jet job joy key kid kit lab lad lap law lay led leg let lid lie lip lit log lot low mad man map mat may men met mid mix mob mom mud mug nap net new nil nod nor not now nut oak odd off oil old one opt our out owe owl own pad pan pat paw pay pea pen per pet pie pig pin pit pop pot pro pub put ram ran rap rat raw ray red rib rid rip rob rod row rub rug run rye sad sat saw say sea see set she shy sin sip sir sit six ski sky sly son sow soy spa spy sub sue sum sun tab tag tan tap tar tax tea ten the tie tin tip toe ton too top toy try tub two use van vet via war was wax way web wet who why wig win wit won wow yes yet you zip zoo'
  ).split(' '),
);
const LONG_ENOUGH = 4;

/** Longer ones are taken for words: few are cut into such parts. */
export function isOrdinary(word: string): boolean {
  return word.length >= LONG_ENOUGH || SHORT.has(word);
}
