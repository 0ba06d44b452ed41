import { LogoutOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';

import { type Customer, signOut } from '../api/session';
import { chooseColourMode, useColourMode } from '../lib/colourMode';

export function TopBar({ customer }: { customer: Customer }) {
  const mode = useColourMode();
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <h1>
        <img src="/favicon.svg" alt="" width={28} height={28} />
        Steward
      </h1>
      <span className="who" title={customer.email}>
        {customer.name}
      </span>
      <Tooltip title={`Use ${other} colours`}>
        <Button
          type="text"
          shape="circle"
          aria-label={`Use ${other} colours`}
          icon={mode === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          onClick={() => chooseColourMode(other)}
        />
      </Tooltip>
      <Button type="text" icon={<LogoutOutlined aria-hidden />} onClick={() => void signOut()}>
        <span className="wide-only">Sign out</span>
        <span className="narrow-only hidden-words">Sign out</span>
      </Button>
    </header>
  );
}
