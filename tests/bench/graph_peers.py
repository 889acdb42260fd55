# SPDX-License-Identifier: Apache-2.0
"""A peer's half of graph.py: graph_peers.py PEER ROWS RESULTS QUICK SKIPPED, in the interpreter that has the peers.
SKIPPED: cases to leave out, with commas.

Prints "case NAME" before each case; "ms NAME FIGURE", in processor time of the process and the least of some runs; "of NAME TEXT", what of a case
was run where the whole takes too long (the figure is then scaled up to the whole); "value NAME FIGURE"; and "off NAME
FIGURE", how far the peer's answer is from ours, which is in RESULTS.
"""
import array
import math
import os
import resource
import sys
import time

LARGEST = 60
ERROR, FAILURE = 0.01, 0.1
SLOW = 1.0  # seconds: what takes longer is run once


class Missing:
    """What a case that is left out found: nothing, in whatever way it is looked at."""

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __getitem__(self, _):
        return self

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False

    def __abs__(self):
        return 0

    def __sub__(self, _):
        return self

    __rsub__ = __sub__


class Peer:
    def __init__(self, rows, results, quick, skipped):
        print("case load", flush=True)
        self.quick = quick
        self.skipped = skipped
        self.results = results
        with open(rows, "rb") as file:
            numbers = array.array("I", file.read())
        self.members, self.works, count = numbers[:3]
        self.pairs = list(zip(numbers[3:3 + count], numbers[3 + count:3 + 2 * count]))
        listed = self.ours("edges", "d")
        self.edges = list(zip(map(int, listed[0::3]), map(int, listed[1::3])))
        self.weights = list(listed[2::3])
        self.queries = self.ours("queries")
        self.inner = self.ours("innermost")

    def ours(self, name, kind="I"):
        with open(os.path.join(self.results, name), "rb") as file:
            return array.array(kind, file.read())

    def timed(self, name, run, scale=1.0, of=None, repeats=3):
        if name in self.skipped:
            return Missing()
        print("case", name, flush=True)
        least = math.inf
        for i in range(repeats):
            if i and least > SLOW:
                break
            begun = time.process_time()
            found = run()
            least = min(least, time.process_time() - begun)
        print("ms", name, least * scale * 1000, flush=True)
        if of:
            print("of", name, of, flush=True)
        return found

    @staticmethod
    def value(name, figure):
        print("value", name, figure, flush=True)

    @staticmethod
    def off(name, figure):
        print("off", name, figure, flush=True)

    def far(self, name, ours, theirs):
        known = [(a, b) for a, b in zip(ours, theirs) if not (math.isnan(a) and math.isnan(b))]
        self.off(name, max((abs(a - b) for a, b in known), default=0))

    def joined(self, name, of_vertex):
        """Whether two partitions of the members agree, those in no work aside."""
        ours = self.ours("components")
        pairs = {(a, b) for a, b in zip(ours, of_vertex) if a != 0xffffffff}
        self.off(name, 0 if len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) else 1)

    def bipartite(self):
        return [(member, self.members + work) for member, work in self.pairs]

    def small_works(self):
        """The rows of works of at most LARGEST members, by number."""
        sizes = {}
        for _, work in set(self.pairs):
            sizes[work] = sizes.get(work, 0) + 1
        return [(member, self.members + work) for member, work in sorted(set(self.pairs)) if sizes[work] <= LARGEST]

    def restart(self, member):
        return {member: 1.0}


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def igraph(peer):
    import igraph as ig
    print("version igraph", ig.__version__)
    before = resident()

    def build():
        graph = ig.Graph(n=peer.members, edges=peer.edges)
        graph.es["strength"] = peer.weights
        return graph
    graph = build()
    peer.value("mib", resident() - before)
    bipartite = peer.bipartite()
    size = peer.members + peer.works

    def answer():
        return ig.Graph(n=size, edges=bipartite).connected_components().membership
    found = peer.timed("first_answer", answer)
    if found:
        peer.joined("components", found)
    two_mode = ig.Graph(n=size, edges=bipartite)
    peer.timed("components", two_mode.connected_components)
    small = peer.small_works()
    types = [v >= peer.members for v in range(size)]

    def project():
        graph = ig.Graph(n=size, edges=small)
        graph.vs["type"] = types
        return graph.bipartite_projection(which=0, multiplicity=True)
    peer.off("rows_to_ties", abs(peer.timed("rows_to_ties", project).ecount() - len(peer.edges)))
    peer.timed("edges", build)
    peer.timed("overhead", graph.degree)

    sources = list(peer.ours("sources"))
    hops = peer.timed("hops", lambda: graph.distances(source=sources))
    ours = peer.ours("hops")
    flat = [0xffffffff if math.isinf(d) else int(d) for row in hops for d in row]
    peer.off("hops", sum(a != b for a, b in zip(ours, flat)))  # none where it was left out
    import warnings
    warnings.simplefilter("ignore")  # it warns where there is no way
    pairs = list(zip(peer.queries, peer.queries[1:]))
    lengths = peer.timed("paths", lambda: [len(graph.get_shortest_path(a, b)) for a, b in pairs])
    peer.far("paths", peer.ours("lengths"), lengths)
    linked = [v for v in range(peer.members) if graph.degree(v)]
    some = linked[::max(1, len(linked) // (16 if peer.quick else 64))]
    harmonic = peer.timed("closeness", lambda: graph.harmonic_centrality(vertices=some), len(linked) / len(some),
                          f"{len(some)} members", 1)
    # igraph's is over the other vertices, ours a sum
    peer.off("closeness", max((abs(peer.ours("harmonic", "d")[v] / (h * (peer.members - 1)) - 1)
                               for v, h in zip(some, harmonic)), default=0))
    ranks = peer.timed("pagerank", lambda: graph.pagerank(weights="strength"))
    peer.off("pagerank", sum(abs(a - b) for a, b in zip(peer.ours("pagerank", "d"), ranks)))
    few = peer.queries[:4]
    peer.timed("around10", lambda: [graph.personalized_pagerank(reset_vertices=[q], weights="strength") for q in few],
               len(peer.queries) / len(few), f"{len(few)} members", 1)
    peer.far("core", peer.ours("core"), peer.timed("core", graph.coreness))
    inner = graph.induced_subgraph(list(peer.inner))
    between = peer.timed("betweenness", inner.betweenness, repeats=1)
    n = len(peer.inner)
    scaled = [b * 2 / ((n - 1) * (n - 2)) for b in between]
    peer.far("betweenness", peer.ours("betweenness", "d"), scaled)
    peer.far("sampled_within", peer.ours("sampled_within", "d"), scaled)
    import random
    for name, iterations in (("leiden_2", 2), ("leiden_10", 10)) if not peer.quick else (("leiden_2", 2),):
        random.seed(1)
        found = peer.timed(name, lambda i=iterations: graph.community_leiden("modularity", weights="strength",
                                                                             n_iterations=i), repeats=1)
        if found:
            peer.value(name, graph.modularity(found, weights="strength"))
    for rounds in (1, 10):
        peer.value(f"ours_leiden{rounds}", graph.modularity(list(peer.ours(f"leiden{rounds}")), weights="strength"))
    constraint = peer.timed("holes", lambda: graph.constraint(weights="strength"), repeats=1)
    peer.far("holes", peer.ours("constraint", "d"), constraint)
    few = peer.queries[:20 if peer.quick else 100]
    rows = peer.timed("common", lambda: [sum(graph.cocitation(vertices=[q])[0]) for q in few],
                      len(peer.queries) / len(few), f"{len(few)} members")
    peer.far("common", peer.ours("common"), rows)


def networkit(peer):
    import networkit as nk
    nk.setNumberOfThreads(1)
    print("version networkit", nk.__version__)
    import numpy as np
    edges = np.array(peer.edges, dtype=np.uint64)
    ends = (edges[:, 0].copy(), edges[:, 1].copy())
    weights = np.array(peer.weights)
    before = resident()

    def build():
        return nk.GraphFromCoo((weights, ends), n=peer.members, weighted=True)
    graph = build()
    peer.value("mib", resident() - before)
    size = peer.members + peer.works
    pairs = np.array(peer.bipartite(), dtype=np.uint64)
    ones = np.ones(len(pairs))
    columns = (pairs[:, 0].copy(), pairs[:, 1].copy())

    def build_two_mode():
        return nk.GraphFromCoo((ones, columns), n=size)

    def answer():
        made = build_two_mode()  # the algorithm does not keep it alive
        components = nk.components.ConnectedComponents(made)
        components.run()
        return made, components
    if "first_answer" not in peer.skipped:
        kept, components = peer.timed("first_answer", answer)
        peer.joined("components", [components.componentOfNode(v) for v in range(peer.members)])
        del components, kept
    two_mode = build_two_mode()
    peer.timed("components", lambda: nk.components.ConnectedComponents(two_mode).run())
    peer.timed("edges", build)
    plain = nk.graphtools.toUnweighted(graph)
    sources = list(peer.ours("sources"))
    peer.timed("hops", lambda: [nk.distance.BFS(plain, s, False).run() for s in sources])
    couples = list(zip(peer.queries, peer.queries[1:]))

    def paths():
        for a, b in couples:
            nk.distance.BidirectionalBFS(plain, a, b, True).run()
    peer.timed("paths", paths)
    ranks = nk.centrality.PageRank(graph, damp=0.85, tol=1e-8)
    peer.timed("pagerank", ranks.run)
    scores = [] if "pagerank" in peer.skipped else ranks.scores()
    total = sum(scores)  # what members without ties hold is lost to it: that scales all alike
    peer.off("pagerank", sum(abs(a - b / total) for a, b in zip(peer.ours("pagerank", "d"), scores)))
    for digits, count in (4, 20), (6, 2):
        if peer.quick and digits == 6:
            continue
        few = peer.queries[:count]
        pushes = nk.scd.ApproximatePageRank(graph, 0.15, 10.0**-digits)
        peer.timed(f"around{digits}", lambda p=pushes, f=few: [p.run(q) for q in f],
                   len(peer.queries) / len(few), f"{len(few)} members", 1)
    cores = nk.centrality.CoreDecomposition(plain)
    peer.timed("core", cores.run)
    if "core" not in peer.skipped:
        peer.far("core", peer.ours("core"), cores.scores())
    place = {v: i for i, v in enumerate(peer.inner)}
    inner = nk.Graph(len(place))
    for a, b in peer.edges:
        if a in place and b in place:
            inner.addEdge(place[a], place[b])
    between = nk.centrality.Betweenness(inner)
    peer.timed("betweenness", between.run, repeats=1)
    n = len(place)
    if "betweenness" not in peer.skipped:
        peer.far("betweenness", peer.ours("betweenness", "d"), [b / ((n - 1) * (n - 2)) for b in between.scores()])
    nk.setSeed(1, False)
    peer.timed("sampled", lambda: nk.centrality.KadabraBetweenness(plain, ERROR, FAILURE).run())
    for name, iterations in (("leiden_3", 3), ("leiden_10", 10)):
        nk.setSeed(1, False)
        leiden = nk.community.ParallelLeiden(graph, iterations=iterations, randomize=False)
        if name in peer.skipped:
            continue
        peer.timed(name, leiden.run, repeats=1)
        peer.value(name, nk.community.Modularity().getQuality(leiden.getPartition(), graph))


def rustworkx(peer):
    os.environ["RAYON_NUM_THREADS"] = "1"
    import rustworkx as rx
    print("version rustworkx", rx.__version__)
    listed = [(a, b, w) for (a, b), w in zip(peer.edges, peer.weights)]
    before = resident()

    def build():
        graph = rx.PyGraph()
        graph.add_nodes_from(range(peer.members))
        graph.add_edges_from(listed)
        return graph
    graph = build()
    peer.value("mib", resident() - before)
    size = peer.members + peer.works
    bipartite = peer.bipartite()

    def build_two_mode():
        graph = rx.PyGraph()
        graph.add_nodes_from(range(size))
        graph.add_edges_from_no_data(bipartite)
        return graph
    found = peer.timed("first_answer", lambda: rx.connected_components(build_two_mode()))
    of_vertex = [0] * size
    for number, part in enumerate(found):
        for v in part:
            of_vertex[v] = number
    if found:
        peer.joined("components", of_vertex[:peer.members])
    two_mode = build_two_mode()
    peer.timed("components", lambda: rx.connected_components(two_mode))
    few = list(peer.ours("sources"))[:8]
    peer.timed("edges", build)
    peer.timed("hops", lambda: [rx.bfs_layers(graph, [s]) for s in few], 8, "8 sources", 1)
    peer.far("core", peer.ours("core"), [core for _, core in sorted(rx.core_number(graph).items())])
    peer.timed("core", lambda: rx.core_number(graph))
    directed = graph.to_directed()

    def ranked(tolerance, **more):  # it multiplies its tolerance by the number of members
        return rx.pagerank(directed, 0.85, weight_fn=lambda w: w, tol=tolerance / peer.members, max_iter=1000, **more)
    ranks = peer.timed("pagerank", lambda: ranked(1e-8), repeats=1)
    if ranks:
        peer.off("pagerank", sum(abs(a - ranks[v]) for v, a in enumerate(peer.ours("pagerank", "d"))))
    few = peer.queries[:3]
    peer.timed("around10", lambda: [ranked(1e-6, personalization=peer.restart(q)) for q in few],
               len(peer.queries) / len(few), f"{len(few)} members", 1)
    if not peer.quick:
        inner = graph.subgraph(list(peer.inner))
        between = peer.timed("betweenness", lambda: rx.betweenness_centrality(inner, parallel_threshold=10**9),
                             repeats=1)
        if between:
            peer.far("betweenness", peer.ours("betweenness", "d"), [b for _, b in sorted(between.items())])


def networkx(peer):
    import networkx as nx
    print("version networkx", nx.__version__)
    listed = [(a, b, w) for (a, b), w in zip(peer.edges, peer.weights)]
    before = resident()

    def build():
        graph = nx.Graph()
        graph.add_nodes_from(range(peer.members))
        graph.add_weighted_edges_from(listed)
        return graph
    graph = peer.timed("edges", build, repeats=1) or build()
    peer.value("mib", resident() - before)
    size = peer.members + peer.works
    bipartite = peer.bipartite()

    def build_two_mode():
        graph = nx.Graph()
        graph.add_nodes_from(range(size))
        graph.add_edges_from(bipartite)
        return graph
    peer.timed("first_answer", lambda: list(nx.connected_components(build_two_mode())), repeats=1)
    two_mode = build_two_mode()
    peer.timed("components", lambda: list(nx.connected_components(two_mode)), repeats=1)
    small = peer.small_works()

    def project():
        graph = nx.Graph()
        graph.add_nodes_from(range(size))
        graph.add_edges_from(small)
        return nx.bipartite.collaboration_weighted_projected_graph(graph, range(peer.members))
    projected = peer.timed("rows_to_ties", project, repeats=1)
    if projected:
        peer.far("rows_to_ties", peer.weights, [projected[a][b]["weight"] for a, b in peer.edges])
    del projected
    few = list(peer.ours("sources"))[:4]
    peer.timed("hops", lambda: [nx.single_source_shortest_path_length(graph, s) for s in few], 16, "4 sources", 1)
    peer.timed("core", lambda: nx.core_number(graph), repeats=1)

    def ranked(tolerance, **more):  # it multiplies its tolerance by the number of members
        return nx.pagerank(graph, tol=tolerance / peer.members, max_iter=1000, weight="weight", **more)
    ranks = peer.timed("pagerank", lambda: ranked(1e-8), repeats=1)
    if ranks:
        peer.off("pagerank", sum(abs(a - ranks[v]) for v, a in enumerate(peer.ours("pagerank", "d"))))
    few = peer.queries[:2]
    peer.timed("around10", lambda: [ranked(1e-6, personalization=peer.restart(q)) for q in few],
               len(peer.queries) / len(few), f"{len(few)} members", 1)
    couples = list(zip(peer.queries, peer.queries[1:]))[::20]

    def paths():
        for a, b in couples:
            try:
                nx.bidirectional_shortest_path(graph, a, b)
            except nx.NetworkXNoPath:
                pass
    peer.timed("paths", paths, (len(peer.queries) - 1) / len(couples), f"{len(couples)} pairs", 1)
    few = [q for q in peer.queries[::max(1, len(peer.queries) // 20)] if graph.degree(q) < 60][:10]
    found = nx.constraint(graph, nodes=few, weight="weight")
    peer.far("holes", [peer.ours("constraint", "d")[q] for q in few], [found[q] for q in few])


if __name__ == "__main__":
    {"igraph": igraph, "networkit": networkit, "rustworkx": rustworkx, "networkx": networkx}[sys.argv[1]](
        Peer(sys.argv[2], sys.argv[3], sys.argv[4] == "quick", set(sys.argv[5].split(",")) if len(sys.argv) > 5 else set()))
