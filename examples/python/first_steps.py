"""First steps in Python: the bundled sample, a question in Finnish, a case, partners."""

import koinon as kn

with kn.open(":memory:") as cat:
    print(cat.import_sample())

    results = cat.search("asuntoja asunnottomille", language="fi", facets=("country",), limit=3)
    print(f"\n{results.total} records; {results.facets['country']}")
    for hit in results:
        print(f"{hit.score:5.1f}  {hit.title}  [{hit.id}]")

    case = cat.get(results[0].id)
    print(f"\n{case.title('en')}: version {case.version}, fields {', '.join(case)}")

    for partner in cat.partners("org-tu-dortmund", limit=3):
        print(f"{partner.strength:5.2f}  {partner.name}: {partner.works[0].title}")
