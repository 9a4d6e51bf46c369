/** Files of tests, whose accounts are often made up. */
import { readIdentifier } from './reading';

/**
 * Whether a file is one of tests, by the conventions of languages and their test runners.
 * @param path separated by `/`; relative to the workspace folder, so that only its own folders count
 */
export function isTestFile(path: string): boolean {
  return folderOfTests.test(path) || nameOfTest.test(path);
}

const folderOfTests =
  /(?:^|\/)(?:tests?|__tests__|specs?|testdata|fixtures|__fixtures__|mocks|__mocks__)\//i;
/** `test_orders.py`, `orders_test.go`, `orders.spec.ts`, `OrdersTest.java` */
const nameOfTest =
  /(?:(?:^|\/)test_[^/]*|[._-](?:test|spec)s?\.[^/]*|[a-z\d](?:Test|Spec)s?\.\w+)$/;

/** Whether the account is digits, and so few that no slip of the keyboard made it: `…:123:function:orders`. */
export function hasMadeUpAccount(identifier: string): boolean {
  return /^\d{1,9}$/.test(readIdentifier(identifier).account?.text ?? '');
}
