"""TEMP"""
from math import prod
from calculators.catalog.cost_comparison.plan.question import Belief
TABLE = {('documents', 'prompt'): (0.6, 0.35, 0.8), ('documents', 'few_shot'): (0.62, 0.37, 0.82), ('documents', 'rag'): (0.6, 0.35, 0.8), ('documents', 'tuned'): (0.55, 0.3, 0.75), ('documents', 'small'): (0.4, 0.2, 0.6), ('documents', 'open'): (0.45, 0.25, 0.65), ('documents', 'cheaper'): (0.5, 0.25, 0.7), ('documents', 'dearer'): (0.68, 0.4, 0.85), ('format', 'prompt'): (0.8, 0.6, 0.95), ('format', 'few_shot'): (0.84, 0.65, 0.96), ('format', 'tuned'): (0.88, 0.65, 0.97), ('format', 'small'): (0.6, 0.35, 0.8), ('format', 'open'): (0.65, 0.4, 0.85), ('format', 'cheaper'): (0.7, 0.45, 0.9), ('format', 'dearer'): (0.84, 0.65, 0.97), ('tone', 'prompt'): (0.45, 0.2, 0.7), ('tone', 'few_shot'): (0.58, 0.35, 0.8), ('tone', 'tuned'): (0.7, 0.45, 0.9), ('tone', 'small'): (0.2, 0.08, 0.4), ('tone', 'open'): (0.25, 0.1, 0.45), ('tone', 'cheaper'): (0.32, 0.12, 0.55), ('tone', 'dearer'): (0.56, 0.28, 0.78), ('task', 'prompt'): (0.5, 0.3, 0.7), ('task', 'few_shot'): (0.58, 0.35, 0.78), ('task', 'tuned'): (0.6, 0.45, 0.8), ('task', 'small'): (0.25, 0.1, 0.45), ('task', 'open'): (0.28, 0.12, 0.5), ('task', 'cheaper'): (0.35, 0.18, 0.6), ('task', 'dearer'): (0.6, 0.38, 0.8), ('nothing', 'prompt'): (1, 1, 1), ('nothing', 'few_shot'): (1, 1, 1), ('nothing', 'tuned'): (0.8, 0.6, 0.93), ('nothing', 'small'): (0.45, 0.2, 0.65), ('nothing', 'open'): (0.5, 0.25, 0.72), ('nothing', 'cheaper'): (0.7, 0.45, 0.9), ('own', 'prompt'): (0, 0, 0), ('own', 'few_shot'): (0, 0, 0), ('own', 'rag'): (0, 0, 0), ('own', 'tuned'): (0.65, 0.45, 0.85), ('own', 'small'): (0.35, 0.15, 0.6), ('own', 'open'): (0.5, 0.25, 0.75), ('own', 'cheaper'): (0, 0, 0), ('own', 'dearer'): (0, 0, 0)}
ORDER = (("few_shot","prompt"),("dearer","prompt"),("prompt","cheaper"),("cheaper","open"),("open","small"),("tuned","small"))
def believed(key, *, needs, own, nothing, large, examples):
    if nothing: cols=("nothing",)
    elif own and not needs: cols=("own",)
    else: cols=needs or ("task",)
    def at(k):
        if k=="open" and large: k="cheaper"
        found=[TABLE.get((c,k)) for c in cols]
        if all(f is None for f in found): return None
        found=[f or TABLE.get((c,"prompt")) for f,c in zip(found,cols)]
        return Belief(*[(min(f[i] for f in found)+prod(f[i] for f in found))/2 if len(found)>1 else found[0][i] for i in range(3)])
    if key=="classifier":
        p=TABLE[("task","prompt")][0]
        return Belief(0.7*p+.25*(1-p),0.3,0.65)
    b=at(key)
    if b is None: return None
    if key=="tuned" and examples<500:
        fs=at("few_shot") or Belief(*TABLE[("task","few_shot")])
        if examples<100: b=Belief(*[min(x,y) for x,y in zip(b,fs)])
        else: b=Belief(*[min(x,(x+y)/2) for x,y in zip(b,fs)])
    return b
