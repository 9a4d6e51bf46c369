/**
 * Stands in for the native module `@vscode/spdlog`, which is compiled on installation and through which VS Code
 * writes its log files. Without one every LogOutputChannel would stay empty, as the Output panel shows such a file.
 * The exports and the class are the part of that module's interface that VS Code uses. Files are not rotated: they
 * live no longer than the server's temporary folder.
 */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  #file;
  #level = LEVELS.indexOf('info');
  #formatted = true;

  /**
   * @param {string} _type
   * @param {string} _name
   * @param {string} file
   */
  constructor(_type, _name, file) {
    this.#file = file;
  }

  trace = (/** @type {string} */ message) => this.#write(0, message);
  debug = (/** @type {string} */ message) => this.#write(1, message);
  info = (/** @type {string} */ message) => this.#write(2, message);
  warn = (/** @type {string} */ message) => this.#write(3, message);
  error = (/** @type {string} */ message) => this.#write(4, message);
  critical = (/** @type {string} */ message) => this.#write(5, message);

  getLevel() {
    return this.#level;
  }

  setLevel(/** @type {number} */ level) {
    this.#level = level;
  }

  /** VS Code asks for one pattern only: local date and time with milliseconds, level, message. */
  setPattern() {
    this.#formatted = true;
  }

  /** From here on messages are written as they are, without even an end of line. */
  clearFormatters() {
    this.#formatted = false;
  }

  flush() {}
  drop() {}

  /**
   * @param {number} level
   * @param {string} message
   */
  #write(level, message) {
    if (level < this.#level) return;
    try {
      appendFileSync(
        this.#file,
        this.#formatted ? `${localTime()} [${LEVELS[level]}] ${message}\n` : message,
      );
    } catch {
      // The folder is removed while the last process still says goodbye.
    }
  }
}

function localTime() {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '');
}

/**
 * @param {string} name
 * @param {string} file
 */
async function createLogger(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
