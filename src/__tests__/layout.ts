/** Which layout do lists have in the tests, where nothing is laid out? */

/** The height of the scrolled box. */
const VIEW = 440;

/** Give jsdom a layout, in which each row has 22 pixels, and scrolling. */
export function layOut(): void {
  const define = (name: string, heightOf: (element: HTMLElement) => number): void => {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return heightOf(this);
      }
    });
  };
  define('clientHeight', () => VIEW);
  define('clientWidth', () => 250);
  define('offsetHeight', () => 22);
  define('scrollHeight', ({ firstElementChild }) =>
    firstElementChild instanceof HTMLElement ? parseFloat(firstElementChild.style.height) : 0
  );
  Object.defineProperties(HTMLElement.prototype, {
    scrollTo: {
      configurable: true,
      value(this: HTMLElement, { top = 0 }: ScrollToOptions) {
        this.scrollTop = top;
        this.dispatchEvent(new Event('scroll'));
      }
    }
  });
}
