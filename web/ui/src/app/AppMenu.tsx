import { LogoutOutlined, MoonOutlined, QuestionCircleOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';

import { type Customer, signOut } from '../api/session';
import { chooseColourMode, useColourMode } from '../lib/colourMode';

/** Who is signed in, and what belongs to no page. */
export function AppMenu({ customer, onHelp }: { customer: Customer; onHelp: () => void }) {
  const mode = useColourMode();
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <div className="app-menu">
      <span className="who" title={customer.email}>
        {customer.name}
      </span>
      <div>
        <Tooltip title={`Use ${other} colours`}>
          <Button
            type="text"
            aria-label={`Use ${other} colours`}
            icon={mode === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
            onClick={() => chooseColourMode(other)}
          />
        </Tooltip>
        <Tooltip title="Keyboard shortcuts">
          <Button type="text" aria-label="Keyboard shortcuts" icon={<QuestionCircleOutlined aria-hidden />} onClick={onHelp} />
        </Tooltip>
        <Tooltip title="Sign out">
          <Button type="text" aria-label="Sign out" icon={<LogoutOutlined aria-hidden />} onClick={() => void signOut()} />
        </Tooltip>
      </div>
    </div>
  );
}
