"""Write the names that star imports bind, for the packages most often imported like that.

    python scripts/make_known_stars.py FOLDER           write environment/known_stars.json
    python scripts/make_known_stars.py FOLDER --check   fail where the file would change

FOLDER contains the packages of scripts/known-stars.txt; `make known-stars` installs them there. The
packages are not imported, and nothing outside FOLDER is read. The names that they re-export from
the standard library come from stubs, so they are the same for every Python that runs this script.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jupyter_namespace_viz.environment.star_names import KNOWN_STARS, names_in_environment

MODULES = """
    control control.matlab
    execnb.shell
    fastcore.all fastcore.basics fastcore.docments fastcore.foundation fastcore.imports
    fastcore.meta fastcore.nb_imports fastcore.nbio fastcore.parallel fastcore.script fastcore.test
    fastcore.utils fastcore.xtras
    ipywidgets
    keras.layers keras.models
    matplotlib.pylab matplotlib.pyplot pylab
    nbdev.config nbdev.doclinks nbdev.export nbdev.frontmatter nbdev.imports nbdev.process
    nbdev.processors nbdev.qmd nbdev.showdoc
    numpy numpy.linalg
    pyomo.dae pyomo.environ
    pythreejs
    sympy sympy.abc
"""


def main() -> None:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", help="where the packages are")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    known: dict[str, str] = {}
    for module in MODULES.split():
        names = names_in_environment(module, [arguments.folder])
        if names is None:
            sys.exit(f"{module} cannot be read in {arguments.folder}.")
        known[module] = " ".join(sorted(names))
    text = json.dumps(known, indent=0) + "\n"
    target = Path(KNOWN_STARS)
    if not arguments.check:
        target.write_text(text, encoding="utf-8")
    elif target.read_text(encoding="utf-8") != text:
        sys.exit(f"{target} is out of date: make known-stars")


if __name__ == "__main__":
    main()
