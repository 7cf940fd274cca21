"""The Schoolloket in the browser: Voila behind a sign-in, and the pages of pupils."""

import sys

# For a format of addresses that nothing here has, jsonschema would build a grammar when it is
# imported, and a server would take eight seconds to start instead of two.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
