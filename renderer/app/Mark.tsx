import mark from './mark.svg';

export const Mark = ({ size }: { size: number }) => <img src={mark} width={size} height={size} alt="" />;
