"""First steps in Python: the bundled sample, a question in Finnish, a case, its lead's partners."""

import koinon as kn

with kn.open(":memory:") as cat:
    print(cat.import_sample())

    cases = {"kind": "case-study"}
    results = cat.search("asunto ensin, housing first", "fi", cases, facets=("theme",))
    print(f"\n{results.total} cases; {results.facets['theme']}")
    for hit in results:
        print(f"{hit.score:5.1f}  {hit.title}  [{hit.id}]")

    case = cat.get(results[0].id)
    print(f"\n{case.title('en')}: version {case.version}, fields {', '.join(case)}")

    for partner in cat.partners(case["lead_organisation"], limit=3):
        print(f"{partner.strength:5.2f}  {partner.name}: {partner.works[0].title}")
