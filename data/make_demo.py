"""Write the demo schools into data/demo/, as the workbooks that the schools would upload."""

from datetime import datetime
from pathlib import Path

from leerid_core.demo import demo_schools, enrolment_workbook

FOLDER = Path(__file__).parent / "demo"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for school in demo_schools(datetime.now().astimezone().date()):
        (FOLDER / f"{school.number}.xlsx").write_bytes(enrolment_workbook(school))
