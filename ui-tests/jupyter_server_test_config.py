"""How is the server of the browser tests set up?

No token and no XSRF check, as JupyterLab's own test helpers want it: never for real use.
"""

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821  `c` is what Jupyter hands to a configuration file

c.ServerApp.ip = "127.0.0.1"  # noqa: F821
c.ServerApp.allow_root = True  # noqa: F821
