/** The words of an option; `choices` by the value that each one stands for. */
export interface OptionTexts {
  name: string;
  description: string;
  choices?: Record<string, string>;
}

export interface ActionTexts {
  name: string;
  description: string;
  options?: Record<string, OptionTexts>;
}

/** The words of a command, by the English names of its parts; an entry of a message's menu has no description. */
export interface CommandTexts extends ActionTexts {
  subcommands?: Record<string, ActionTexts>;
}
