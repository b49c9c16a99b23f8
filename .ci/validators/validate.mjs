// node validate.mjs FILE...   What three independent judges say of state machines: asl-validator, the language service of
// AWS's editor extensions, and JSONata's own parser for every `{% … %}`. Prints the errors; exits with 1 if there are any.
import fs from 'node:fs';
import aslValidator from 'asl-validator';
import { getLanguageService } from 'amazon-states-language-service';
import jsonLanguageService from 'vscode-json-languageservice';
import jsonata from 'jsonata';

const { TextDocument } = jsonLanguageService;

const ERROR = 1;

function byAslValidator(text) {
  const { errors } = aslValidator(JSON.parse(text), { checkPaths: true, checkArn: true });
  return errors.map((error) => `${error['Error code']}: ${error.Message}`);
}

async function byLanguageService(text) {
  const document = TextDocument.create('file:///machine.asl.json', 'json', 0, text);
  const service = getLanguageService({});
  const found = await service.doValidation(document, service.parseJSONDocument(document), {
    commentSeverity: 'error',
    trailingCommas: 'error',
  });
  return found
    .filter(({ severity }) => severity === ERROR)
    .map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
}

function byJsonata(text) {
  return [...expressions(JSON.parse(text), '')].flatMap(({ pointer, expression }) => {
    try {
      jsonata(expression);
      return [];
    } catch (error) {
      return [`${pointer}: ${error.code}: ${error.message}`];
    }
  });
}

/** Every JSONata expression below a value; comments are text, whatever they look like. */
function* expressions(value, pointer) {
  if (typeof value === 'string') {
    const expression = /^\{%([\s\S]*)%\}$/.exec(value)?.[1];
    if (expression !== undefined) yield { pointer, expression };
  } else if (value !== null && typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) {
      if (key !== 'Comment') yield* expressions(member, `${pointer}/${key}`);
    }
  }
}

const judges = { 'asl-validator': byAslValidator, 'language service': byLanguageService, jsonata: byJsonata };

for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, 'utf8');
  for (const [judge, judgement] of Object.entries(judges)) {
    for (const message of await judgement(text)) {
      console.log(`${file}: ${judge}: ${message}`);
      process.exitCode = 1;
    }
  }
}
