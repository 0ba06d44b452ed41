import { Modal, Switch } from 'antd';

import { type Shortcut, switchShortcuts, useShortcutsOn } from '../lib/shortcuts';

interface Props {
  open: boolean;
  shortcuts: readonly Shortcut[];
  onClose: () => void;
}

export function ShortcutsHelp({ open, shortcuts, onClose }: Props) {
  const on = useShortcutsOn();
  return (
    <Modal open={open} title="Keyboard shortcuts" footer={null} onCancel={onClose} width={440}>
      <dl className="shortcuts">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key, index) => (
                <kbd key={index}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Close what is open</dd>
        </div>
      </dl>
      <p className="switch-line">
        <Switch id="shortcuts-on" checked={on} onChange={switchShortcuts} size="small" />
        <label htmlFor="shortcuts-on">Listen to these keys</label>
      </p>
    </Modal>
  );
}
