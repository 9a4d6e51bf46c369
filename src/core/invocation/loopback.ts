/** 127.0.0.0/8, as the hostname of a URL writes it: four numbers, whatever the URL itself wrote. */
const loopbackAddress = /^127(\.\d{1,3}){3}$/;

/**
 * Whether an http or https URL names this machine. Only there are made-up credentials good enough.
 * @throws {TypeError} for what is not a URL
 */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    loopbackAddress.test(hostname)
  );
}
