// What commands, options and choices are called in a language, such as 'ko'; their own words where nobody
// translated them.

export function nameIn({ name, name_localizations: names }, locale) {
  return names?.[locale] ?? name;
}

export function descriptionIn({ description, description_localizations: descriptions }, locale) {
  return descriptions?.[locale] ?? description;
}
