/** A question about a file that is worked out once, however often it is asked. */
export function oncePerFile<File extends object, Value>(
  answer: (file: File) => Value,
): (file: File) => Value {
  const answers = new WeakMap<File, { readonly value: Value }>();
  return (file) => {
    const known = answers.get(file) ?? { value: answer(file) };
    answers.set(file, known);
    return known.value;
  };
}

/** A question about a name that is worked out once for each file. */
export function oncePerName<File extends object, Value>(
  answer: (file: File, name: string) => Value,
): (file: File, name: string) => Value {
  const answersOf = oncePerFile((_file: File) => new Map<string, Value>());
  return (file, name) => {
    const answers = answersOf(file);
    const value = answers.has(name) ? (answers.get(name) as Value) : answer(file, name);
    answers.set(name, value);
    return value;
  };
}
