import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

/** A page in a browser profile of its own, with what it asked for and complained about. */
export interface WatchedPage extends AsyncDisposable {
  page: Page;
  /** Origins of every request over the network, in order. */
  origins: string[];
  /** Errors of scripts and of the console, violations of the content security policy among them, with their origin. */
  complaints: { origin: string; text: string }[];
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium on this machine, or null. */
export function chromiumPath(): string | null {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean)];
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** `describe` where Chromium is; elsewhere skipped with a printed reason, or failing where CI is set. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (chromiumPath() !== null || process.env.CI) return describe(name, tests);
  process.stderr.write(`skipped, because no Chromium is installed: ${name}\n`);
  describe.skip(name, tests);
}

/** Starts headless Chromium. Throws when there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('Chromium is not installed');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Opens a page without cookies; `locale` decides the Accept-Language header. */
export async function openPage(browser: Browser, locale = 'ko-KR'): Promise<WatchedPage> {
  const profile = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
  const page = await profile.newPage();
  page.setDefaultTimeout(15_000);
  const origins: string[] = [];
  const complaints: WatchedPage['complaints'] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:') origins.push(origin);
  });
  const complain = (url: string, text: string) => complaints.push({ origin: new URL(url).origin, text });
  page.on('console', (message) => {
    if (message.type() === 'error') complain(message.location().url || page.url(), message.text());
  });
  page.on('pageerror', (error) => complain(page.url(), error.message));
  return { page, origins, complaints, [Symbol.asyncDispose]: () => profile.close() };
}

/** Of an element inside the page; the types of browsers are not known to the tests. */
interface PageElement {
  contains(other: unknown): boolean;
  ownerDocument: {
    activeElement: unknown;
    defaultView: { getComputedStyle(element: PageElement): { color: string } };
  };
}

export function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const within = node as unknown as PageElement;
    return within.contains(within.ownerDocument.activeElement);
  });
}

/** Whether an element shows bright text, as on a dark page, or dark text. */
export async function schemeOf(element: Locator): Promise<'light' | 'dark'> {
  const color = await element.evaluate((node) => {
    const styled = node as unknown as PageElement;
    return styled.ownerDocument.defaultView.getComputedStyle(styled).color;
  });
  const [red = 0, green = 0, blue = 0] = color.match(/\d+/g)!.map(Number);
  return red + green + blue > (3 * 255) / 2 ? 'dark' : 'light';
}
