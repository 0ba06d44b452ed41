"""`python -m assistant.training` is `make train`."""

from assistant.training.train import main

raise SystemExit(main())
