/** Drives a headless Chromium through its pipe: opens a file, and says how it looks and what went wrong in it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** Where a Chromium is: what the variable CHROMIUM says, or the first on the path; null where there is none. */
export function findChromium(): string | null {
  for (const name of [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome']) {
    if (!name) continue;
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return name;
    } catch {
      // Not this one.
    }
  }
  return null;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

export class Browser {
  /** Errors, warnings and requests beyond the file, since the last `open`. */
  complaints: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'chromium-test-'));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<
    number,
    { resolve(result: Record<string, unknown>): void; reject(error: Error): void }
  >();
  private readonly listeners = new Map<string, () => void>();
  private last = 0;
  private session: string | undefined;
  private constructor(command: string) {
    this.process = spawn(command, [...FLAGS, `--user-data-dir=${this.folder}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    let text = '';
    (this.process.stdio[4] as Readable).setEncoding('utf8').on('data', (more: string) => {
      const parts = (text + more).split('\0');
      text = parts.pop()!;
      for (const part of parts) this.receive(JSON.parse(part) as Message);
    });
  }

  static async start(command: string): Promise<Browser> {
    const browser = new Browser(command);
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    browser.session = (await browser.send('Target.attachToTarget', { targetId, flatten: true })).sessionId as string;
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await browser.send(`${domain}.enable`);
    return browser;
  }

  async open(file: string, { width, height, scheme }: Look): Promise<void> {
    this.complaints = [];
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    const loaded = new Promise<void>((resolve) => this.listeners.set('Page.loadEventFired', resolve));
    await this.send('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
    // Two frames: what observes sizes has then drawn.
    await this.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** The value of an expression in the page, awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`in the page: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: T }).value;
  }

  /** A PNG of the first `height` pixels of the page. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.send('Page.captureScreenshot', { format: 'png' })).data as string, 'base64');
  }

  /** What a screen reader is told: role and name of every node that has one. */
  async accessible(): Promise<{ role: string; name: string }[]> {
    const { nodes } = await this.send('Accessibility.getFullAXTree');
    return (nodes as { ignored: boolean; role?: { value: string }; name?: { value: string } }[])
      .filter((node) => !node.ignored)
      .map(({ role, name }) => ({ role: role?.value ?? '', name: name?.value ?? '' }));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.session = undefined;
    // Asked, it ends its children first, which write to the folder; not all of them are done when it is.
    void this.send('Browser.close');
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++this.last;
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private receive({ id, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const { resolve, reject } = this.waiting.get(id)!;
      this.waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result!);
      return;
    }
    if (method === 'Runtime.exceptionThrown' || method === 'Runtime.consoleAPICalled' || method === 'Log.entryAdded')
      this.complaints.push(JSON.stringify(params));
    if (method === 'Network.requestWillBeSent') {
      const { url } = (params as { request: { url: string } }).request;
      if (!/^(file|data|about):/.test(url)) this.complaints.push(`request for ${url}`);
    }
    this.listeners.get(method!)?.();
  }
}
