/** What is in the view, and how does it follow the user? */

import * as React from 'react';
import { isRightToLeft } from '../components/elements/direction';
import type { ISpan } from './layout';

/** Scroll to a part of the height if it is not in the view. */
export function show(view: HTMLElement, top: number, height: number): void {
  const { clientHeight, scrollTop } = view;
  if (top < scrollTop || top + height > scrollTop + clientHeight) {
    view.scrollTop = top - (clientHeight - height) / 2;
  }
}

/** The part of the drawing that is in the view, and a view's height or more around it. */
export function useSpan(view: React.RefObject<HTMLDivElement>, scale: number): ISpan {
  const [{ first, height }, setPages] = React.useState({ first: 0, height: 0 });
  React.useEffect(() => {
    const element = view.current!;
    const update = (): void => {
      const { clientHeight, scrollTop } = element;
      const page = Math.floor(scrollTop / Math.max(1, clientHeight));
      setPages(before =>
        before.first === page && before.height === clientHeight
          ? before
          : { first: page, height: clientHeight }
      );
    };
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [view]);
  return React.useMemo(
    () => ({ top: ((first - 1) * height) / scale, bottom: ((first + 3) * height) / scale }),
    [first, height, scale]
  );
}

/** How much there is room for, and on which side texts begin. */
export interface IView {
  readonly width: number;
  readonly isRightToLeft: boolean;
}

/** Call `onView` now and when the width of the view changes. */
export function useView(
  view: React.RefObject<HTMLDivElement>,
  onView: (view: IView) => void
): void {
  React.useEffect(() => {
    const element = view.current!;
    const observer = new ResizeObserver(() =>
      onView({ width: element.clientWidth, isRightToLeft: isRightToLeft(element) })
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [view, onView]);
}

/** Ctrl and the wheel, which is also how a browser reports two fingers, zoom. */
export function useWheel(
  view: React.RefObject<HTMLDivElement>,
  onZoom: (factor: number) => void
): void {
  React.useEffect(() => {
    const element = view.current!;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        onZoom(Math.exp(-event.deltaY / 400));
      }
    };
    // React's listeners are passive, and could not prevent the zoom of the page.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [view, onZoom]);
}
