import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';

type Cover = (isCovered: boolean) => void;
const CoverContext = createContext<Cover>(() => undefined);
export const CoverProvider = CoverContext.Provider;

interface Props {
  className: string | undefined;
  verdict?: string | undefined;
  children: ReactNode;
}
/** A page over the whole window: what it covers is out of reach of the keyboard and of a screen reader too. */
export function FullScreen({ className, verdict, children }: Props) {
  const cover = useContext(CoverContext);
  useLayoutEffect(() => {
    cover(true);
    return () => cover(false);
  }, [cover]);
  return (
    <div className={className} data-verdict={verdict}>
      {children}
    </div>
  );
}
