/** What Neovim, Helix and others call languages that VS Code knows by another name. */
const otherNames: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c-sharp': 'csharp',
  coffee: 'coffeescript',
  cs: 'csharp',
  'docker-compose': 'dockercompose',
  dosbatch: 'bat',
  dosini: 'ini',
  env: 'dotenv',
  jproperties: 'properties',
  make: 'makefile',
  ps1: 'powershell',
  sh: 'shellscript',
  'terraform-vars': 'terraform',
  zsh: 'shellscript',
};

/** A language as VS Code names it, which all rules go by. Neovim's `yaml.docker-compose` is YAML first of all. */
export function languageIdOf(named: string): string {
  const [name = named] = named.split('.');
  return otherNames[name] ?? name;
}
